import { beforeEach } from "vitest";

beforeEach(({ skip }) => skip("no Chromium: install it, or name one in the environment variable CHROMIUM"));
