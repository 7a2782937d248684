-- CreateTable
CREATE TABLE "UserBatch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "administratorId" TEXT,
    "administrator" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "changes" TEXT NOT NULL DEFAULT '{}',
    "undoes" TEXT,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "UserBatchEntry" (
    "batchId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "before" TEXT NOT NULL DEFAULT '{}',
    "problem" TEXT,

    PRIMARY KEY ("batchId", "userId"),
    CONSTRAINT "UserBatchEntry_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "UserBatch" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "UserBatch_at_idx" ON "UserBatch"("at");

-- CreateIndex
CREATE INDEX "UserBatch_undoes_idx" ON "UserBatch"("undoes");

-- CreateIndex
CREATE INDEX "User_enabled_usernameKey_idx" ON "User"("enabled", "usernameKey");

-- CreateIndex
CREATE INDEX "User_factorLockedUntil_idx" ON "User"("factorLockedUntil");

-- CreateIndex
CREATE INDEX "UserPin_mustChange_idx" ON "UserPin"("mustChange");

-- CreateIndex
CREATE INDEX "UserBlock_endedAt_until_userId_idx" ON "UserBlock"("endedAt", "until", "userId");

-- CreateIndex
CREATE INDEX "OneTimeBypass_expiresAt_userId_idx" ON "OneTimeBypass"("expiresAt", "userId");
