// The part of the language client that the tested code calls.

export class RequestType {
  constructor(readonly method: string) {}
}

export class NotificationType {
  constructor(readonly method: string) {}
}
