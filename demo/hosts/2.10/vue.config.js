// The Rancher 2.10 dashboard as shell ships it, without source maps: nobody debugs the host here, and they take two thirds of the disk.
const shell = require('@rancher/shell/vue.config');

const config = shell(__dirname, { excludes: [] });

module.exports = {
  ...config,
  configureWebpack(webpackConfig) {
    config.configureWebpack(webpackConfig);
    webpackConfig.devtool = false;
  }
};
