-- CreateTable
CREATE TABLE "OathImport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "administrator" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "good" INTEGER NOT NULL DEFAULT 0,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "OathImportRow" (
    "importId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "serialNumber" TEXT NOT NULL,
    "serialNumberKey" TEXT NOT NULL,
    "upn" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "field" TEXT,
    "tokenId" TEXT,
    "sealedSecret" TEXT,
    "type" TEXT,
    "algorithm" TEXT,
    "digits" INTEGER,
    "stepSeconds" INTEGER,
    "manufacturer" TEXT,
    "model" TEXT,
    "userId" TEXT,
    "lastUsedStep" INTEGER,
    "notBefore" DATETIME,

    PRIMARY KEY ("importId", "number"),
    CONSTRAINT "OathImportRow_importId_fkey" FOREIGN KEY ("importId") REFERENCES "OathImport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable
ALTER TABLE "OathToken" ADD COLUMN "type" TEXT NOT NULL DEFAULT 'totp';
ALTER TABLE "OathToken" ADD COLUMN "driftSteps" REAL NOT NULL DEFAULT 0;
ALTER TABLE "OathToken" ADD COLUMN "notBefore" DATETIME;

-- CreateIndex
CREATE INDEX "OathImport_at_id_idx" ON "OathImport"("at", "id");

-- CreateIndex
CREATE INDEX "OathImport_state_idx" ON "OathImport"("state");

-- CreateIndex
CREATE INDEX "OathImportRow_importId_serialNumberKey_idx" ON "OathImportRow"("importId", "serialNumberKey");

-- CreateIndex
CREATE INDEX "OathImportRow_importId_outcome_number_idx" ON "OathImportRow"("importId", "outcome", "number");
