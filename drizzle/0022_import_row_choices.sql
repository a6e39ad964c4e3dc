ALTER TABLE "import_rows" ADD COLUMN "choice" jsonb;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "differs_from" bigint;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "looks_like" bigint;