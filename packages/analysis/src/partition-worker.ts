export { type PartitionPort, type PartitionServer, servePartition } from "./partition/serve-partition";
