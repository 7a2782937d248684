-- CreateTable
CREATE TABLE "VpnSession" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "sessionKey" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "startSeen" BOOLEAN NOT NULL,
    "lastAt" DATETIME NOT NULL,
    "heardAt" DATETIME NOT NULL,
    "intervalMs" INTEGER,
    "stoppedAt" DATETIME,
    "stopCause" TEXT,
    "restartedAt" DATETIME,
    "endedAt" DATETIME,
    "cause" TEXT,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "userId" TEXT,
    "matchedName" TEXT,
    "clientId" TEXT NOT NULL,
    "clientName" TEXT NOT NULL,
    "deviceAddress" TEXT NOT NULL,
    "nasIdentifier" TEXT,
    "nasAddress" TEXT,
    "nasPort" TEXT,
    "sessionId" TEXT NOT NULL,
    "multiSessionId" TEXT,
    "assignedIpv4" TEXT,
    "assignedIpv6" TEXT,
    "assignedAt" DATETIME,
    "callingStation" TEXT,
    "calledStation" TEXT,
    "calledAt" DATETIME,
    "seconds" INTEGER,
    "inputOctets" BIGINT,
    "outputOctets" BIGINT,
    "inputPackets" BIGINT,
    "outputPackets" BIGINT,
    "class" TEXT
);

-- CreateTable
CREATE TABLE "VpnDeviceRestart" (
    "clientId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "nasIdentifier" TEXT NOT NULL,
    "nasAddress" TEXT NOT NULL,
    "deviceAddress" TEXT NOT NULL,

    PRIMARY KEY ("clientId", "at", "nasIdentifier", "nasAddress", "deviceAddress")
);

-- CreateIndex
CREATE UNIQUE INDEX "VpnSession_id_key" ON "VpnSession"("id");

-- CreateIndex
CREATE INDEX "VpnSession_startedAt_sequence_idx" ON "VpnSession"("startedAt", "sequence");

-- CreateIndex
CREATE INDEX "VpnSession_state_startedAt_sequence_idx" ON "VpnSession"("state", "startedAt", "sequence");

-- CreateIndex
CREATE INDEX "VpnSession_state_heardAt_intervalMs_idx" ON "VpnSession"("state", "heardAt", "intervalMs");

-- CreateIndex
CREATE INDEX "VpnSession_usernameKey_startedAt_sequence_idx" ON "VpnSession"("usernameKey", "startedAt", "sequence");

-- CreateIndex
CREATE INDEX "VpnSession_userId_startedAt_sequence_idx" ON "VpnSession"("userId", "startedAt", "sequence");

-- CreateIndex
CREATE INDEX "VpnSession_clientId_startedAt_sequence_idx" ON "VpnSession"("clientId", "startedAt", "sequence");

-- CreateIndex
CREATE INDEX "VpnSession_assignedIpv4_idx" ON "VpnSession"("assignedIpv4");

-- CreateIndex
CREATE INDEX "VpnSession_assignedIpv6_idx" ON "VpnSession"("assignedIpv6");

-- CreateIndex
CREATE INDEX "VpnSession_callingStation_idx" ON "VpnSession"("callingStation");

-- CreateIndex
CREATE UNIQUE INDEX "VpnSession_sessionKey_generation_key" ON "VpnSession"("sessionKey", "generation");

-- CreateIndex
CREATE INDEX "VpnDeviceRestart_at_idx" ON "VpnDeviceRestart"("at");
