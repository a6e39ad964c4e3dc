CREATE TYPE "public"."liveness_mode" AS ENUM('off', 'passive', 'challenge');--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "liveness" "liveness_mode" DEFAULT 'off' NOT NULL;