-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_FraudReport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "userId" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "signInId" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "applicationName" TEXT NOT NULL,
    "callingStation" TEXT,
    "blocked" BOOLEAN NOT NULL,
    "handledAt" DATETIME,
    "handledBy" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "notifiedAt" DATETIME,
    "toldTo" TEXT NOT NULL DEFAULT '[]',
    "tellProblem" TEXT
);
INSERT INTO "new_FraudReport" ("applicationName", "at", "blocked", "callingStation", "handledAt", "handledBy", "id", "note", "notifiedAt", "signInId", "userId", "username", "via") SELECT "applicationName", "at", "blocked", "callingStation", "handledAt", "handledBy", "id", "note", "notifiedAt", "signInId", "userId", "username", "via" FROM "FraudReport";
DROP TABLE "FraudReport";
ALTER TABLE "new_FraudReport" RENAME TO "FraudReport";
CREATE INDEX "FraudReport_at_id_idx" ON "FraudReport"("at", "id");
CREATE INDEX "FraudReport_userId_at_idx" ON "FraudReport"("userId", "at");
CREATE INDEX "FraudReport_handledAt_at_idx" ON "FraudReport"("handledAt", "at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
