-- CreateTable
CREATE TABLE "ProductImport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "administrator" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "sealedFile" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "ProductImport_at_idx" ON "ProductImport"("at");
