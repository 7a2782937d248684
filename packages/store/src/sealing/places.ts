/** Where each sealed value lives: what it is bound to, so that it opens nowhere else. */
export const places = {
  sharedSecret: (clientId: string) => `RadiusClient.sealedSharedSecret.${clientId}`,
  outboxSecret: (clientId: string) => `AccountingOutbox.sealedSecret.${clientId}`,
  replyValue: (ruleId: string) => `ReplyRule.sealedValue.${ruleId}`,
  serverSecret: (serverId: string) => `RadiusServer.sealedSharedSecret.${serverId}`,
  serverKey: (serverId: string) => `RadiusServer.sealedPrivateKey.${serverId}`,
  gatewaySecrets: (gatewayId: string) => `Gateway.sealedSecrets.${gatewayId}`,
  tokenSecret: (tokenId: string) => `OathToken.sealedSecret.${tokenId}`,
  ntHash: (userId: string) => `UserPassword.sealedNtHash.${userId}`,
  passwordChange: (userKey: string) => `Challenge.passwordChange.${userKey}`,
  factorCode: (requestId: string) => `FactorRequest.code.${requestId}`,
  contactCode: (proofId: string) => `ContactProof.sealedCode.${proofId}`,
  pushKeys: (deviceId: string) => `AppDevice.sealedPushKeys.${deviceId}`,
  candidateSecret: (deviceId: string) => `AppCandidate.sealedSecret.${deviceId}`,
  importPiece: (importId: string, number: number) => `UserImportPiece.sealed.${importId}.${number}`,
  importPin: (importId: string, line: number) => `UserImportRow.sealedPin.${importId}.${line}`,
  setting: (name: string) => `Setting.sealed.${name}`,
} as const
