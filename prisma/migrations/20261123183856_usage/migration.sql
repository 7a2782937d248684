-- CreateTable
CREATE TABLE "UsageQuarter" (
    "quarter" DATETIME NOT NULL,
    "clientId" TEXT NOT NULL,
    "factor" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("quarter", "clientId", "factor", "result", "reason")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "UsageDay" (
    "day" DATETIME NOT NULL,
    "clientId" TEXT NOT NULL,
    "factor" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("day", "clientId", "factor", "result", "reason")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "UsageUserDay" (
    "userId" TEXT NOT NULL,
    "day" DATETIME NOT NULL,
    "clientId" TEXT NOT NULL,
    "factor" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("userId", "day", "clientId", "factor", "result", "reason")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "UsageBackfill" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "before" INTEGER NOT NULL,
    "endedBy" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "SignIn_factor_at_sequence_idx" ON "SignIn"("factor", "at", "sequence");

-- What there is already is counted by the mover, in pieces, while the server runs.
INSERT INTO "UsageBackfill" ("id", "before", "endedBy")
SELECT 1, MAX("sequence") + 1, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM "SignIn" HAVING COUNT(*) > 0;
