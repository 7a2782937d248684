-- CreateTable
CREATE TABLE "SavedReport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "from" DATETIME,
    "to" DATETIME,
    "createdBy" TEXT NOT NULL,
    "schedule" TEXT,
    "scheduledBy" TEXT,
    "scheduledById" TEXT,
    "nextAt" DATETIME,
    "lastDueAt" DATETIME,
    "run" TEXT,
    "last" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedReport_name_key" ON "SavedReport"("name");
