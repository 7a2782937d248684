-- CreateTable
CREATE TABLE "CacheRule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "position" INTEGER NOT NULL,
    "clientId" TEXT,
    "scope" TEXT NOT NULL,
    "methods" TEXT NOT NULL,
    "seconds" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "CacheRule_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "RadiusClient" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TrustedNetwork" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "clientId" TEXT,
    "attribute" TEXT NOT NULL,
    "addresses" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "TrustedNetwork_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "RadiusClient" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FraudReport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "userId" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "signInId" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "applicationName" TEXT NOT NULL,
    "callingStation" TEXT,
    "blocked" BOOLEAN NOT NULL,
    "handledAt" DATETIME,
    "handledBy" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "notifiedAt" DATETIME
);

-- CreateIndex
CREATE INDEX "CacheRule_position_id_idx" ON "CacheRule"("position", "id");

-- CreateIndex
CREATE INDEX "CacheRule_clientId_idx" ON "CacheRule"("clientId");

-- CreateIndex
CREATE INDEX "TrustedNetwork_clientId_idx" ON "TrustedNetwork"("clientId");

-- CreateIndex
CREATE INDEX "FraudReport_at_id_idx" ON "FraudReport"("at", "id");

-- CreateIndex
CREATE INDEX "FraudReport_userId_at_idx" ON "FraudReport"("userId", "at");

-- CreateIndex
CREATE INDEX "FraudReport_handledAt_at_idx" ON "FraudReport"("handledAt", "at");
