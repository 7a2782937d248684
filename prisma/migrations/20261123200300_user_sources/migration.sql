-- AlterTable
ALTER TABLE "User" ADD COLUMN "importId" TEXT;

-- CreateIndex
CREATE INDEX "User_importId_idx" ON "User"("importId");
