import {
  IconBrandInstagram,
  IconBrandTelegram,
  IconBrandVk,
  IconBrandWhatsapp,
  IconMessageCircle,
  IconMessages,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';

/** By the names that connectors give their icons and by their kinds. */
const icons: Record<string, Icon> = {
  telegram: IconBrandTelegram,
  'brand-telegram': IconBrandTelegram,
  webhook: IconWebhook,
  webchat: IconMessages,
  messages: IconMessages,
  whatsapp: IconBrandWhatsapp,
  'brand-whatsapp': IconBrandWhatsapp,
  instagram: IconBrandInstagram,
  'brand-instagram': IconBrandInstagram,
  vk: IconBrandVk,
  'brand-vk': IconBrandVk,
};

/** A channel's sign by its kind or its connector's icon; the name stands beside it, so it says nothing aloud. */
export function ChannelIcon({ kind, size = 16 }: { kind: string; size?: number }) {
  const Sign = icons[kind] ?? icons[kind.replace(/^Icon/, '').toLowerCase()] ?? IconMessageCircle;
  return <Sign size={size} stroke={1.7} aria-hidden style={{ flex: 'none' }} />;
}
