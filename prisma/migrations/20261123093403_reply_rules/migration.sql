-- CreateTable
CREATE TABLE "ReplyRule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "position" INTEGER NOT NULL,
    "clientId" TEXT,
    "groupName" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "attribute" TEXT NOT NULL,
    "tag" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "sealedValue" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "ReplyRule_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "RadiusClient" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "ReplyRule_position_id_idx" ON "ReplyRule"("position", "id");

-- CreateIndex
CREATE INDEX "ReplyRule_clientId_idx" ON "ReplyRule"("clientId");
