-- CreateTable
CREATE TABLE "RadiusServer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "position" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "authenticationPort" INTEGER NOT NULL,
    "accountingPort" INTEGER,
    "transport" TEXT NOT NULL,
    "sealedSharedSecret" TEXT,
    "timeoutSeconds" INTEGER NOT NULL,
    "tries" INTEGER NOT NULL,
    "messageAuthenticator" TEXT NOT NULL,
    "caPem" TEXT,
    "certificatePem" TEXT,
    "sealedPrivateKey" TEXT,
    "messageAuthenticatorSeenAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateIndex
CREATE INDEX "RadiusServer_position_idx" ON "RadiusServer"("position");
