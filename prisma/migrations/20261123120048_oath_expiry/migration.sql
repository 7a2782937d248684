-- AlterTable
ALTER TABLE "OathToken" ADD COLUMN "notAfter" DATETIME;

-- AlterTable
ALTER TABLE "OathImportRow" ADD COLUMN "notAfter" DATETIME;
