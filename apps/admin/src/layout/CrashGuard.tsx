import { Alert, Button } from '@mui/material';
import { Component, type ReactNode } from 'react';

interface CrashGuardProps {
  text: string;
  action: string;
  resetKey: string;
  children: ReactNode;
}

/** Keeps the menu usable when a page fails to draw; moving to another page starts afresh. */
export class CrashGuard extends Component<CrashGuardProps, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override componentDidUpdate(previous: CrashGuardProps) {
    if (this.state.crashed && previous.resetKey !== this.props.resetKey) this.setState({ crashed: false });
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <Alert
        severity="error"
        action={
          <Button color="inherit" size="small" onClick={() => window.location.reload()}>
            {this.props.action}
          </Button>
        }
      >
        {this.props.text}
      </Alert>
    );
  }
}
