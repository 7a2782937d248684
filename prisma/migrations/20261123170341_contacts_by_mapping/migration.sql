-- What comes from the directory follows from its mapping.
ALTER TABLE "User" DROP COLUMN "directoryFields";
