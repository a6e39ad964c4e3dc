CREATE TYPE "public"."image_kind" AS ENUM('crop', 'original');--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "feed" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"last" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "feed_single" CHECK ("feed"."single")
);
--> statement-breakpoint
CREATE TABLE "images" (
	"sample_id" bigint NOT NULL,
	"kind" "image_kind" NOT NULL,
	"mime" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "images_sample_id_kind_pk" PRIMARY KEY("sample_id","kind")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"external_id" text,
	"name" text,
	"notes" text,
	"consent_given_at" timestamp with time zone,
	"consent_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "person_aliases" (
	"external_id" text PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "samples" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "samples_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" bigint,
	"encoding" "bytea" NOT NULL,
	"model" text NOT NULL,
	"unique_args" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"position" jsonb NOT NULL,
	"quality" jsonb NOT NULL,
	"score" double precision GENERATED ALWAYS AS ((quality ->> 'score')::double precision) STORED NOT NULL,
	"source_url" text,
	"image_hash" text,
	"updated_at" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "samples_updated_at_unique" UNIQUE("updated_at")
);
--> statement-breakpoint
CREATE TABLE "tombstones" (
	"face_id" bigint PRIMARY KEY NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "tombstones_updated_at_unique" UNIQUE("updated_at")
);
--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_sample_id_samples_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."samples"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_aliases" ADD CONSTRAINT "person_aliases_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_name" ON "people" USING btree ("name");--> statement-breakpoint
CREATE INDEX "people_words" ON "people" USING gin (to_tsvector('simple', coalesce("name", '') || ' ' || coalesce("external_id", '')));--> statement-breakpoint
CREATE INDEX "person_aliases_person_id" ON "person_aliases" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "samples_person_id" ON "samples" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "samples_score" ON "samples" USING btree ("score","id");--> statement-breakpoint
CREATE INDEX "samples_attributes" ON "samples" USING gin ("unique_args" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "samples_words" ON "samples" USING gin (jsonb_to_tsvector('simple', "unique_args", '["string", "numeric"]'));--> statement-breakpoint
CREATE INDEX "samples_image_hash" ON "samples" USING btree ("image_hash");