-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "sealed" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "RadiusClient" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "address" TEXT NOT NULL,
    "applicationName" TEXT NOT NULL,
    "sealedSharedSecret" TEXT NOT NULL,
    "requireUserMatch" BOOLEAN NOT NULL,
    "messageAuthenticator" TEXT NOT NULL,
    "factorMode" TEXT NOT NULL,
    "canBeChallenged" BOOLEAN NOT NULL,
    "deviceTimeoutSeconds" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "messageAuthenticatorSeenAt" DATETIME,
    "lastSeenAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "firstNameKey" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "lastNameKey" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailKey" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "lastSignInAt" DATETIME,
    "factorLockedUntil" DATETIME,
    "factorFailures" TEXT NOT NULL DEFAULT '[]',
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateTable
CREATE TABLE "OathToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "serialNumber" TEXT NOT NULL,
    "serialNumberKey" TEXT NOT NULL,
    "sealedSecret" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "digits" INTEGER NOT NULL,
    "stepSeconds" INTEGER NOT NULL,
    "manufacturer" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "userId" TEXT,
    "lastUsedStep" INTEGER,
    "lastUsedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "OathToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Administrator" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "failedSignIns" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" DATETIME,
    "lastSignInAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "administratorId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    CONSTRAINT "Session_administratorId_fkey" FOREIGN KEY ("administratorId") REFERENCES "Administrator" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "administrator" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT,
    "subjectName" TEXT,
    "before" TEXT,
    "after" TEXT,
    "address" TEXT,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "SignIn" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "userId" TEXT,
    "matchedName" TEXT,
    "clientId" TEXT,
    "clientName" TEXT,
    "clientAddress" TEXT NOT NULL,
    "callingStation" TEXT,
    "method" TEXT NOT NULL,
    "factor" TEXT,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "durationMs" REAL NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1
);

-- CreateTable
CREATE TABLE "SignInRound" (
    "signInId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "body" TEXT NOT NULL,

    PRIMARY KEY ("signInId", "number")
);

-- CreateTable
CREATE TABLE "SignInMinute" (
    "minute" DATETIME NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("minute", "result", "reason")
);

-- CreateTable
CREATE TABLE "Challenge" (
    "state" TEXT NOT NULL PRIMARY KEY,
    "expiresAt" DATETIME NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "JournalCursor" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "lastGroup" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "RadiusClient_address_key" ON "RadiusClient"("address");

-- CreateIndex
CREATE UNIQUE INDEX "User_usernameKey_key" ON "User"("usernameKey");

-- CreateIndex
CREATE INDEX "User_firstNameKey_id_idx" ON "User"("firstNameKey", "id");

-- CreateIndex
CREATE INDEX "User_lastNameKey_id_idx" ON "User"("lastNameKey", "id");

-- CreateIndex
CREATE INDEX "User_emailKey_id_idx" ON "User"("emailKey", "id");

-- CreateIndex
CREATE INDEX "User_lastSignInAt_id_idx" ON "User"("lastSignInAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OathToken_serialNumberKey_key" ON "OathToken"("serialNumberKey");

-- CreateIndex
CREATE INDEX "OathToken_userId_idx" ON "OathToken"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Administrator_usernameKey_key" ON "Administrator"("usernameKey");

-- CreateIndex
CREATE INDEX "Session_administratorId_idx" ON "Session"("administratorId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_hash_key" ON "AuditEntry"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "SignIn_id_key" ON "SignIn"("id");

-- CreateIndex
CREATE INDEX "SignIn_at_sequence_idx" ON "SignIn"("at", "sequence");

-- CreateIndex
CREATE INDEX "SignIn_usernameKey_at_sequence_idx" ON "SignIn"("usernameKey", "at", "sequence");

-- CreateIndex
CREATE INDEX "SignIn_userId_at_sequence_idx" ON "SignIn"("userId", "at", "sequence");

-- CreateIndex
CREATE INDEX "SignIn_clientId_at_sequence_idx" ON "SignIn"("clientId", "at", "sequence");

-- CreateIndex
CREATE INDEX "SignIn_result_at_sequence_idx" ON "SignIn"("result", "at", "sequence");

-- CreateIndex
CREATE INDEX "SignIn_reason_at_sequence_idx" ON "SignIn"("reason", "at", "sequence");

-- CreateIndex
CREATE INDEX "Challenge_expiresAt_idx" ON "Challenge"("expiresAt");
