-- CreateTable
CREATE TABLE "AccountingOutbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "heardAt" DATETIME NOT NULL,
    "sessionKey" BIGINT NOT NULL,
    "attributes" BLOB NOT NULL,
    "clientId" TEXT NOT NULL,
    "sealedSecret" TEXT
);

-- CreateIndex
CREATE INDEX "AccountingOutbox_sessionKey_idx" ON "AccountingOutbox"("sessionKey");
