export interface Config {
  fairway?: {
    flux?: {
      history?: {
        /** How long deployments are kept. Default: 800. */
        days?: number;
      };
    };
  };
}
