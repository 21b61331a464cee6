/** Where is written what became of saves: for operators, never for clients. */
export interface Telemetry {
  /** Takes one line. */
  log(line: string): void;
  /** A data set of Workers Analytics Engine; undefined where none is bound as SAVE_EVENTS. */
  readonly saveEvents: AnalyticsEngineDataset | undefined;
}
