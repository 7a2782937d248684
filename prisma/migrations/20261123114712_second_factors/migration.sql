-- CreateTable
CREATE TABLE "UserPin" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "formerHashes" TEXT NOT NULL DEFAULT '[]',
    "mustChange" BOOLEAN NOT NULL,
    "changedAt" DATETIME NOT NULL,
    CONSTRAINT "UserPin_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AppDevice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "pushEndpoint" TEXT,
    "sealedPushKeys" TEXT,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME,
    CONSTRAINT "AppDevice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FactorRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "FactorPass" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "FactorPass_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UserBlock" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "blockedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "until" DATETIME,
    "endedAt" DATETIME,
    "endedBy" TEXT,
    CONSTRAINT "UserBlock_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OneTimeBypass" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "givenBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "signInId" TEXT,
    "endedAt" DATETIME,
    CONSTRAINT "OneTimeBypass_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable (columns are added in place: redefining the table would touch what refers to it)
ALTER TABLE "User" ADD COLUMN "factorMethods" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "User" ADD COLUMN "phone" TEXT NOT NULL DEFAULT '';
ALTER TABLE "User" ADD COLUMN "phoneExtension" TEXT NOT NULL DEFAULT '';
ALTER TABLE "User" ADD COLUMN "backupPhone" TEXT NOT NULL DEFAULT '';
ALTER TABLE "User" ADD COLUMN "backupExtension" TEXT NOT NULL DEFAULT '';
ALTER TABLE "User" ADD COLUMN "callMode" TEXT;
ALTER TABLE "User" ADD COLUMN "textMode" TEXT;
ALTER TABLE "User" ADD COLUMN "textWithPin" BOOLEAN;
ALTER TABLE "User" ADD COLUMN "appMode" TEXT;
ALTER TABLE "User" ADD COLUMN "language" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE UNIQUE INDEX "AppDevice_publicKey_key" ON "AppDevice"("publicKey");

-- CreateIndex
CREATE INDEX "AppDevice_userId_idx" ON "AppDevice"("userId");

-- CreateIndex
CREATE INDEX "FactorRequest_expiresAt_idx" ON "FactorRequest"("expiresAt");

-- CreateIndex
CREATE INDEX "FactorPass_userId_idx" ON "FactorPass"("userId");

-- CreateIndex
CREATE INDEX "FactorPass_expiresAt_idx" ON "FactorPass"("expiresAt");

-- CreateIndex
CREATE INDEX "UserBlock_userId_endedAt_idx" ON "UserBlock"("userId", "endedAt");

-- CreateIndex
CREATE INDEX "UserBlock_createdAt_id_idx" ON "UserBlock"("createdAt", "id");

-- CreateIndex
CREATE INDEX "OneTimeBypass_userId_usedAt_endedAt_idx" ON "OneTimeBypass"("userId", "usedAt", "endedAt");

-- CreateIndex
CREATE INDEX "OneTimeBypass_createdAt_id_idx" ON "OneTimeBypass"("createdAt", "id");
