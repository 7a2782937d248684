-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN "administratorId" TEXT REFERENCES "Administrator" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "ApiToken_administratorId_idx" ON "ApiToken"("administratorId");
