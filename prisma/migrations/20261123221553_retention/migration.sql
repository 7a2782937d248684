-- CreateTable
CREATE TABLE "RetentionRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "problem" TEXT
);

-- CreateTable
CREATE TABLE "RetentionPart" (
    "runId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "before" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "toRemove" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "audited" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("runId", "kind"),
    CONSTRAINT "RetentionPart_runId_fkey" FOREIGN KEY ("runId") REFERENCES "RetentionRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "RetentionRun_startedAt_id_idx" ON "RetentionRun"("startedAt", "id");
