-- CreateTable
CREATE TABLE "LogReceiver" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "configuration" TEXT NOT NULL,
    "sealedSecrets" TEXT,
    "signIns" BOOLEAN NOT NULL,
    "questions" BOOLEAN NOT NULL,
    "changes" BOOLEAN NOT NULL,
    "accounting" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateTable
CREATE TABLE "LogReceiverCursor" (
    "receiverId" TEXT NOT NULL PRIMARY KEY,
    "eventsUpTo" INTEGER NOT NULL,
    "changesUpTo" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "lastSentAt" DATETIME,
    CONSTRAINT "LogReceiverCursor_receiverId_fkey" FOREIGN KEY ("receiverId") REFERENCES "LogReceiver" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LogEvent" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "LogReceiver_name_key" ON "LogReceiver"("name");
