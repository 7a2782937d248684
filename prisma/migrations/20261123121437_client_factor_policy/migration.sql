-- By hand: reply rules refer to this table, so it must not be made anew.
ALTER TABLE "RadiusClient" ADD COLUMN "allowedMethods" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "RadiusClient" ADD COLUMN "fallbackOath" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "RadiusClient" ADD COLUMN "pushWithoutNumber" BOOLEAN NOT NULL DEFAULT false;
