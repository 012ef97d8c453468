// What shell's tools (build-pkg, a dev server) ask for; the demo's dashboard is built from demo/hosts.
module.exports = require('@rancher/shell/vue.config')(__dirname, { excludes: [] });
