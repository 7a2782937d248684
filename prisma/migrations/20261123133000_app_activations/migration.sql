-- AlterTable
ALTER TABLE "AppDevice" ADD COLUMN "tokenId" TEXT;

-- CreateTable
CREATE TABLE "AppActivation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "AppActivation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "AppActivation_codeHash_key" ON "AppActivation"("codeHash");

-- CreateIndex
CREATE INDEX "AppActivation_userId_idx" ON "AppActivation"("userId");
