/** The public face of the RADIUS library: codec, crypto, dictionary, UDP server and client. */
export { type ClientPolicy, type DropReason, type PortKind, type Refusal } from './admission.ts'
export {
  attribute,
  attributes,
  readAttribute,
  readAttributes,
  readOctets,
  type AttributeValue,
  type WritableValue,
} from './attributes.ts'
export { verifyRequestAuthenticator, verifyResponseAuthenticator } from './authenticators.ts'
export { chapPassword, verifyChapPassword } from './chap.ts'
export { codeName, isAnswerTo, isPacketCode, isRequestCode, packetCodes, type PacketCode } from './codes.ts'
export { describeAttributes, type DescribedAttribute } from './describe.ts'
export type {
  AttributePath,
  Concealment,
  DataType,
  DataTypes,
  Definition,
  TaggedValue,
} from './dictionary/definition.ts'
export { attributeName, dictionary, isAttributeName, valueName, type AttributeName } from './dictionary/index.ts'
export { microsoftVendorId } from './dictionary/microsoft.ts'
export { encodeRequest, encodeResponse, EncodeError, type RequestToEncode, type ResponseToEncode } from './encode.ts'
export {
  extendedAttribute,
  readExtendedAttributes,
  type ExtendedAttribute,
  type ExtendedVendorValue,
} from './extended.ts'
export type { IncomingRequest, Response, ResponseOutcome, Source } from './incoming-request.ts'
export {
  hasMessageAuthenticator,
  verifyMessageAuthenticator,
  type MessageAuthenticatorState,
} from './message-authenticator.ts'
export {
  decodeFailures,
  decodePacket,
  type Attribute,
  type DecodeFailure,
  type DecodeResult,
  type Packet,
} from './packet.ts'
export { isProxyState, proxyStates } from './proxy-state.ts'
export { type ResponseFailure } from './response-check.ts'
export { hideSalted, revealSalted } from './salted.ts'
export { createSharedSecret, type SharedSecret } from './shared-secret.ts'
export { decodeTlvs, encodeTlvs } from './tlv.ts'
export {
  createUdpClient,
  statusRequest,
  type ClientRequest,
  type ClientResult,
  type UdpClient,
  type UdpClientOptions,
} from './udp-client.ts'
export {
  createUdpServer,
  type Drop,
  type KnownClient,
  type Listener,
  type ServerCounters,
  type UdpServer,
  type UdpServerOptions,
} from './udp-server.ts'
export { hideUserPassword, looksGarbled, readUserPassword } from './user-password.ts'
export { readVendorAttributes, vendorAttribute, type VendorValue } from './vendor.ts'
