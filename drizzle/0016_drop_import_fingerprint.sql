DROP INDEX "import_rows_fingerprint";--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "fingerprint";