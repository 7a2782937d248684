-- CreateTable
CREATE TABLE "AppCandidate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "pushEndpoint" TEXT,
    "sealedPushKeys" TEXT,
    "sealedSecret" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "AppCandidate_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_AppActivation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "toConfirm" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "AppActivation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_AppActivation" ("codeHash", "createdAt", "createdBy", "expiresAt", "id", "userId") SELECT "codeHash", "createdAt", "createdBy", "expiresAt", "id", "userId" FROM "AppActivation";
DROP TABLE "AppActivation";
ALTER TABLE "new_AppActivation" RENAME TO "AppActivation";
CREATE UNIQUE INDEX "AppActivation_codeHash_key" ON "AppActivation"("codeHash");
CREATE INDEX "AppActivation_userId_idx" ON "AppActivation"("userId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "AppCandidate_publicKey_key" ON "AppCandidate"("publicKey");

-- CreateIndex
CREATE INDEX "AppCandidate_userId_idx" ON "AppCandidate"("userId");
