-- DropIndex
DROP INDEX "SignIn_clientId_at_sequence_idx";

-- CreateIndex
CREATE INDEX "SignIn_clientId_at_sequence_idx" ON "SignIn"("clientId", "at", "sequence", "result", "reason", "factor");
