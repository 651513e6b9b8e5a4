// The image's health check: whether the part that runs in this container is ready for requests.
const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT}/ready`);
process.exitCode = ok ? 0 : 1;
