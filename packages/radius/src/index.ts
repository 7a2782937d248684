/** The public face of the RADIUS library: codec, crypto, dictionary, servers and clients. */
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
export {
  attributeName,
  definitionOf,
  isAttributeName,
  dictionary,
  valueName,
  type AttributeName,
} from './dictionary/index.ts'
export { microsoftVendorId } from './dictionary/microsoft.ts'
export { encodeRequest, encodeResponse, EncodeError, type RequestToEncode, type ResponseToEncode } from './encode.ts'
export {
  extendedAttribute,
  readExtendedAttributes,
  type ExtendedAttribute,
  type ExtendedVendorValue,
} from './extended.ts'
export { forwardAccounting, hasHiddenValues, keptOfAccounting, type HeldAccounting } from './forward-accounting.ts'
export { forwardReply, forwardRequest, type Forwarded, type Hop } from './forward.ts'
export type { IncomingRequest, Response, ResponseOutcome, Source } from './incoming-request.ts'
export {
  hasMessageAuthenticator,
  verifyMessageAuthenticator,
  type MessageAuthenticatorState,
} from './message-authenticator.ts'
export { getAsymmetricStartKey, getMasterKey, mppeKeys, type MppeKeys, type StartKey } from './mppe.ts'
export {
  mschapError,
  mschapV2Change,
  mschapV2Response,
  mschapV2Success,
  readMschapError,
  readMschapV2Challenge,
  readMschapV2Change,
  readMschapV2Response,
  readMschapV2Success,
  type MschapV2Change,
  type MschapV2Response,
} from './mschap-attributes.ts'
export { formatMschapError, mschapErrors, parseMschapError, type MschapError } from './mschap-error.ts'
export {
  decryptNewPassword,
  decryptOldNtPasswordHash,
  newPasswordEncryptedWithOldNtPasswordHash,
  oldNtPasswordHashEncryptedWithNewNtPasswordHash,
  readChangedPassword,
} from './mschap-password.ts'
export {
  challengeHash,
  challengeResponse,
  checkAuthenticatorResponse,
  generateAuthenticatorResponse,
  generateNtResponse,
  hashNtPasswordHash,
  ntPasswordHash,
} from './mschap-v2.ts'
export {
  mschapV2AcceptAttributes,
  proveMschapV2,
  verifyMschapV2,
  type MschapV2Exchange,
  type MschapV2Proof,
} from './mschap-v2-verify.ts'
export {
  decodeFailures,
  decodePacket,
  maximumPacketBytes,
  type Attribute,
  type DecodeFailure,
  type DecodeResult,
  type Packet,
} from './packet.ts'
export { isProxyState, proxyStates } from './proxy-state.ts'
export {
  isReplyAttribute,
  readAttributeText,
  replyAttributes,
  withoutAttribute,
  type ReadText,
  type TextProblem,
} from './reply-attributes.ts'
export { type ResponseFailure } from './response-check.ts'
export { fillRandom } from './random.ts'
export { createSalts, hideSalted, revealSalted } from './salted.ts'
export { createSharedSecret, type SharedSecret } from './shared-secret.ts'
export { decodeTlvs, encodeTlvs } from './tlv.ts'
export { radsecPort, radsecSecret, type AlternativeName, type PeerCertificate, type TlsCredentials } from './radsec.ts'
export { createTlsClient, type TlsClient, type TlsClientOptions } from './tls-client.ts'
export { type ConnectionEnding, type TlsSource } from './tls-server-connection.ts'
export { createTlsServer } from './tls-server.ts'
export { type ConnectionEnd, type KnownTlsClient, type TlsServer, type TlsServerOptions } from './tls-server-options.ts'
export { createUdpClient, statusRequest } from './udp-client.ts'
export type {
  ClientListener,
  ClientRequest,
  ClientResult,
  Datagram,
  UdpClient,
  UdpClientOptions,
} from './udp-client-types.ts'
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
export { withoutSecrets } from './without-secrets.ts'
