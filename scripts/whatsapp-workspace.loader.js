// Classic script: <script src="…/whatsapp-workspace.loader.js"></script> loads the module that lies beside it.
(() => {
  const here = document.currentScript.src;
  void import(new URL('whatsapp-workspace.js', here).href);
})();
