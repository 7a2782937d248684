-- People who came by a search in the directory, whom no synchronization has had so far; and imports that are such a search.
ALTER TABLE "User" ADD COLUMN "directoryUnseen" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "UserImport" ADD COLUMN "source" TEXT NOT NULL DEFAULT 'file';
ALTER TABLE "UserImport" ADD COLUMN "linking" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "UserImport" ADD COLUMN "linked" INTEGER NOT NULL DEFAULT 0;
