-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "endedAt" DATETIME,
    "notifiedAt" DATETIME,
    "toldTo" TEXT NOT NULL DEFAULT '[]',
    "tellProblem" TEXT
);

-- CreateIndex
CREATE INDEX "Alert_at_id_idx" ON "Alert"("at", "id");

-- CreateIndex
CREATE INDEX "Alert_about_endedAt_idx" ON "Alert"("about", "endedAt");

-- CreateIndex
CREATE INDEX "Alert_kind_about_at_idx" ON "Alert"("kind", "about", "at");
