-- CreateTable
CREATE TABLE "UserImport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "administrator" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "octets" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "mapping" TEXT NOT NULL DEFAULT '{}',
    "problem" TEXT,
    "checkedOctets" INTEGER NOT NULL DEFAULT 0,
    "good" INTEGER NOT NULL DEFAULT 0,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "there" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "UserImportPiece" (
    "importId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "sealed" TEXT NOT NULL,

    PRIMARY KEY ("importId", "number"),
    CONSTRAINT "UserImportPiece_importId_fkey" FOREIGN KEY ("importId") REFERENCES "UserImport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UserImportRow" (
    "importId" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "remarks" TEXT NOT NULL DEFAULT '[]',
    "fields" TEXT,
    "sealedPin" TEXT,

    PRIMARY KEY ("importId", "line"),
    CONSTRAINT "UserImportRow_importId_fkey" FOREIGN KEY ("importId") REFERENCES "UserImport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "UserImport_at_id_idx" ON "UserImport"("at", "id");

-- CreateIndex
CREATE INDEX "UserImport_state_idx" ON "UserImport"("state");

-- CreateIndex
CREATE INDEX "UserImportRow_importId_usernameKey_idx" ON "UserImportRow"("importId", "usernameKey");

-- CreateIndex
CREATE INDEX "UserImportRow_importId_outcome_line_idx" ON "UserImportRow"("importId", "outcome", "line");
