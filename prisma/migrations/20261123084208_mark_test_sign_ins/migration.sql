-- AlterTable: added in place, for the table may hold ten million rows.
ALTER TABLE "SignIn" ADD COLUMN "test" BOOLEAN NOT NULL DEFAULT false;
