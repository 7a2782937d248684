-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_RadiusClient" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "address" TEXT NOT NULL,
    "nasIdentifier" TEXT NOT NULL DEFAULT '',
    "certificateName" TEXT NOT NULL DEFAULT '',
    "applicationName" TEXT NOT NULL,
    "vendorProfile" TEXT NOT NULL DEFAULT 'other',
    "sealedSharedSecret" TEXT NOT NULL,
    "requireUserMatch" BOOLEAN NOT NULL,
    "messageAuthenticator" TEXT NOT NULL,
    "limitProxyState" BOOLEAN NOT NULL DEFAULT true,
    "factorMode" TEXT NOT NULL,
    "canBeChallenged" BOOLEAN NOT NULL,
    "deviceTimeoutSeconds" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "messageAuthenticatorSeenAt" DATETIME,
    "proxyStateSeenAt" DATETIME,
    "methodsSeen" INTEGER NOT NULL DEFAULT 0,
    "lastSeenAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1
);
INSERT INTO "new_RadiusClient" ("address", "applicationName", "canBeChallenged", "createdAt", "deviceTimeoutSeconds", "enabled", "factorMode", "id", "lastSeenAt", "limitProxyState", "messageAuthenticator", "messageAuthenticatorSeenAt", "methodsSeen", "nasIdentifier", "proxyStateSeenAt", "requireUserMatch", "sealedSharedSecret", "updatedAt", "vendorProfile", "version") SELECT "address", "applicationName", "canBeChallenged", "createdAt", "deviceTimeoutSeconds", "enabled", "factorMode", "id", "lastSeenAt", "limitProxyState", "messageAuthenticator", "messageAuthenticatorSeenAt", "methodsSeen", "nasIdentifier", "proxyStateSeenAt", "requireUserMatch", "sealedSharedSecret", "updatedAt", "vendorProfile", "version" FROM "RadiusClient";
DROP TABLE "RadiusClient";
ALTER TABLE "new_RadiusClient" RENAME TO "RadiusClient";
CREATE UNIQUE INDEX "RadiusClient_address_nasIdentifier_certificateName_key" ON "RadiusClient"("address", "nasIdentifier", "certificateName");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
