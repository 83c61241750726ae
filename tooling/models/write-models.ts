import { thirdPartyModels } from "./third-party-models";

/** Writes out the models that are not there yet and prints where each is. */
for (const [name, { folder }] of Object.entries(thirdPartyModels)) console.log(`${name}\t${folder()}`);
