-- AlterTable
ALTER TABLE "Administrator" ADD COLUMN "openIdIssuer" TEXT;
ALTER TABLE "Administrator" ADD COLUMN "openIdSubject" TEXT;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN "openIdIssuer" TEXT;
ALTER TABLE "Session" ADD COLUMN "openIdSubject" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Administrator_openIdIssuer_openIdSubject_key" ON "Administrator"("openIdIssuer", "openIdSubject");
