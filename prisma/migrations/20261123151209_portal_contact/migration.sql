-- CreateTable
CREATE TABLE "ContactProof" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "extension" TEXT NOT NULL,
    "sealedCode" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'open',
    "sessionHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "ContactProof_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ContactSend" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "userId" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "network" TEXT NOT NULL
);

-- AlterTable
ALTER TABLE "User" ADD COLUMN "directoryFields" TEXT NOT NULL DEFAULT '[]';

-- CreateIndex
CREATE INDEX "ContactProof_expiresAt_idx" ON "ContactProof"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ContactProof_userId_place_key" ON "ContactProof"("userId", "place");

-- CreateIndex
CREATE INDEX "ContactSend_userId_at_idx" ON "ContactSend"("userId", "at");

-- CreateIndex
CREATE INDEX "ContactSend_target_at_idx" ON "ContactSend"("target", "at");

-- CreateIndex
CREATE INDEX "ContactSend_network_at_idx" ON "ContactSend"("network", "at");

-- CreateIndex
CREATE INDEX "ContactSend_at_idx" ON "ContactSend"("at");
