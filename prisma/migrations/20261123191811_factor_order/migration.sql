-- AlterTable
ALTER TABLE "User" ADD COLUMN "factorOrder" TEXT NOT NULL DEFAULT '[]';
