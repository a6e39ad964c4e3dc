CREATE TYPE "public"."imported_kind" AS ENUM('person', 'sample', 'device');--> statement-breakpoint
CREATE TABLE "imported_ids" (
	"origin" text NOT NULL,
	"kind" "imported_kind" NOT NULL,
	"key" text NOT NULL,
	"id" bigint NOT NULL,
	CONSTRAINT "imported_ids_origin_kind_key_pk" PRIMARY KEY("origin","kind","key")
);
