/** What we answer an `open` with. Version 0 is what librelp speaks, whatever its specification says of 1. */
export const OUR_OFFERS = 'relp_version=0\nrelp_software=fireplot\ncommands=syslog';

/** Whether the data of an `open`, a line `NAME=VALUE,VALUE` an offer, has the command we need. */
export function offersSyslog(offers: string): boolean {
  return offers.split('\n').some((line) => {
    const [name, values = ''] = line.trim().split('=', 2);
    return name === 'commands' && values.split(',').some((value) => value.trim() === 'syslog');
  });
}
