-- AlterTable
ALTER TABLE "RadiusClient" ADD COLUMN "certificateName" TEXT NOT NULL DEFAULT '';

-- DropIndex
DROP INDEX "RadiusClient_address_nasIdentifier_key";

-- CreateIndex
CREATE UNIQUE INDEX "RadiusClient_address_nasIdentifier_certificateName_key" ON "RadiusClient"("address", "nasIdentifier", "certificateName");
