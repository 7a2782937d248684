-- Rounds lie in the order of their key, whose beginning is the time: one tree to write instead of a table and its index.
CREATE TABLE "new_SignInRound" (
    "signInId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "body" TEXT NOT NULL,

    PRIMARY KEY ("signInId", "number")
) WITHOUT ROWID;
INSERT INTO "new_SignInRound" ("signInId", "number", "body") SELECT "signInId", "number", "body" FROM "SignInRound";
DROP TABLE "SignInRound";
ALTER TABLE "new_SignInRound" RENAME TO "SignInRound";
