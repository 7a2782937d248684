-- CreateTable
CREATE TABLE "DirectorySyncRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "startedBy" TEXT NOT NULL,
    "dryRun" BOOLEAN NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "server" TEXT NOT NULL DEFAULT '',
    "problem" TEXT,
    "found" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "enabled" INTEGER NOT NULL DEFAULT 0,
    "disabled" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "adopted" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "applied" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "decidedBy" TEXT,
    "adopt" BOOLEAN NOT NULL DEFAULT false,
    "settingsVersion" INTEGER NOT NULL,
    "ldapVersion" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "DirectorySyncRow" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "dn" TEXT NOT NULL,
    "directoryId" TEXT NOT NULL,
    "userId" TEXT,
    "changes" TEXT NOT NULL DEFAULT '{}',
    "columns" TEXT,

    PRIMARY KEY ("runId", "number"),
    CONSTRAINT "DirectorySyncRow_runId_fkey" FOREIGN KEY ("runId") REFERENCES "DirectorySyncRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable: columns alone, for a table that is made anew takes what hangs on it along.
ALTER TABLE "User" ADD COLUMN "directoryId" TEXT;
ALTER TABLE "User" ADD COLUMN "directoryDn" TEXT NOT NULL DEFAULT '';
ALTER TABLE "User" ADD COLUMN "directoryStamp" TEXT NOT NULL DEFAULT '';
ALTER TABLE "User" ADD COLUMN "directoryDisabled" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE UNIQUE INDEX "User_directoryId_key" ON "User"("directoryId");

-- CreateIndex
CREATE INDEX "DirectorySyncRun_startedAt_id_idx" ON "DirectorySyncRun"("startedAt", "id");

-- CreateIndex
CREATE INDEX "DirectorySyncRun_state_idx" ON "DirectorySyncRun"("state");

-- CreateIndex
CREATE INDEX "DirectorySyncRow_runId_action_number_idx" ON "DirectorySyncRow"("runId", "action", "number");

-- CreateIndex
CREATE INDEX "DirectorySyncRow_runId_userId_idx" ON "DirectorySyncRow"("runId", "userId");
