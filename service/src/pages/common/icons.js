/** The icons that profiles can have and pages use, from Lucide. A profile's icon that is not here is shown as a dot. */
import { html } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import activity from 'lucide-static/icons/activity.svg';
import alarmClock from 'lucide-static/icons/alarm-clock.svg';
import apple from 'lucide-static/icons/apple.svg';
import arrowDown from 'lucide-static/icons/arrow-down.svg';
import arrowLeftRight from 'lucide-static/icons/arrow-left-right.svg';
import arrowRight from 'lucide-static/icons/arrow-right.svg';
import arrowUp from 'lucide-static/icons/arrow-up.svg';
import armchair from 'lucide-static/icons/armchair.svg';
import baby from 'lucide-static/icons/baby.svg';
import badgeCheck from 'lucide-static/icons/badge-check.svg';
import ban from 'lucide-static/icons/ban.svg';
import bell from 'lucide-static/icons/bell.svg';
import bed from 'lucide-static/icons/bed.svg';
import book from 'lucide-static/icons/book.svg';
import bookOpen from 'lucide-static/icons/book-open.svg';
import briefcase from 'lucide-static/icons/briefcase.svg';
import bus from 'lucide-static/icons/bus.svg';
import calendar from 'lucide-static/icons/calendar.svg';
import car from 'lucide-static/icons/car.svg';
import chartColumn from 'lucide-static/icons/chart-column.svg';
import check from 'lucide-static/icons/check.svg';
import chevronDown from 'lucide-static/icons/chevron-down.svg';
import chevronLeft from 'lucide-static/icons/chevron-left.svg';
import chevronRight from 'lucide-static/icons/chevron-right.svg';
import chevronUp from 'lucide-static/icons/chevron-up.svg';
import circle from 'lucide-static/icons/circle.svg';
import circleCheck from 'lucide-static/icons/circle-check.svg';
import circleHelp from 'lucide-static/icons/circle-help.svg';
import circlePause from 'lucide-static/icons/circle-pause.svg';
import circleX from 'lucide-static/icons/circle-x.svg';
import clipboardList from 'lucide-static/icons/clipboard-list.svg';
import clock from 'lucide-static/icons/clock.svg';
import coffee from 'lucide-static/icons/coffee.svg';
import contrast from 'lucide-static/icons/contrast.svg';
import cross from 'lucide-static/icons/cross.svg';
import cupSoda from 'lucide-static/icons/cup-soda.svg';
import dumbbell from 'lucide-static/icons/dumbbell.svg';
import ear from 'lucide-static/icons/ear.svg';
import eye from 'lucide-static/icons/eye.svg';
import fileText from 'lucide-static/icons/file-text.svg';
import folder from 'lucide-static/icons/folder.svg';
import footprints from 'lucide-static/icons/footprints.svg';
import gauge from 'lucide-static/icons/gauge.svg';
import globe from 'lucide-static/icons/globe.svg';
import graduationCap from 'lucide-static/icons/graduation-cap.svg';
import hand from 'lucide-static/icons/hand.svg';
import headphones from 'lucide-static/icons/headphones.svg';
import headset from 'lucide-static/icons/headset.svg';
import heart from 'lucide-static/icons/heart.svg';
import heartPulse from 'lucide-static/icons/heart-pulse.svg';
import history from 'lucide-static/icons/history.svg';
import house from 'lucide-static/icons/house.svg';
import hourglass from 'lucide-static/icons/hourglass.svg';
import inbox from 'lucide-static/icons/inbox.svg';
import info from 'lucide-static/icons/info.svg';
import key from 'lucide-static/icons/key.svg';
import keyboard from 'lucide-static/icons/keyboard.svg';
import laptop from 'lucide-static/icons/laptop.svg';
import layers from 'lucide-static/icons/layers.svg';
import leaf from 'lucide-static/icons/leaf.svg';
import lightbulb from 'lucide-static/icons/lightbulb.svg';
import link from 'lucide-static/icons/link.svg';
import list from 'lucide-static/icons/list.svg';
import listChecks from 'lucide-static/icons/list-checks.svg';
import lock from 'lucide-static/icons/lock.svg';
import logIn from 'lucide-static/icons/log-in.svg';
import logOut from 'lucide-static/icons/log-out.svg';
import mail from 'lucide-static/icons/mail.svg';
import mapPin from 'lucide-static/icons/map-pin.svg';
import maximize from 'lucide-static/icons/maximize.svg';
import megaphone from 'lucide-static/icons/megaphone.svg';
import messageCircle from 'lucide-static/icons/message-circle.svg';
import messageSquare from 'lucide-static/icons/message-square.svg';
import mic from 'lucide-static/icons/mic.svg';
import minimize from 'lucide-static/icons/minimize.svg';
import moon from 'lucide-static/icons/moon.svg';
import monitor from 'lucide-static/icons/monitor.svg';
import mountain from 'lucide-static/icons/mountain.svg';
import parcel from 'lucide-static/icons/package.svg';
import palette from 'lucide-static/icons/palette.svg';
import partyPopper from 'lucide-static/icons/party-popper.svg';
import pause from 'lucide-static/icons/pause.svg';
import pencil from 'lucide-static/icons/pencil.svg';
import phone from 'lucide-static/icons/phone.svg';
import phoneCall from 'lucide-static/icons/phone-call.svg';
import phoneOff from 'lucide-static/icons/phone-off.svg';
import plane from 'lucide-static/icons/plane.svg';
import play from 'lucide-static/icons/play.svg';
import plus from 'lucide-static/icons/plus.svg';
import power from 'lucide-static/icons/power.svg';
import presentation from 'lucide-static/icons/presentation.svg';
import printer from 'lucide-static/icons/printer.svg';
import refreshCw from 'lucide-static/icons/refresh-cw.svg';
import rotateCcw from 'lucide-static/icons/rotate-ccw.svg';
import save from 'lucide-static/icons/save.svg';
import scale from 'lucide-static/icons/scale.svg';
import search from 'lucide-static/icons/search.svg';
import send from 'lucide-static/icons/send.svg';
import settings from 'lucide-static/icons/settings.svg';
import shield from 'lucide-static/icons/shield.svg';
import shoppingCart from 'lucide-static/icons/shopping-cart.svg';
import smile from 'lucide-static/icons/smile.svg';
import sparkles from 'lucide-static/icons/sparkles.svg';
import star from 'lucide-static/icons/star.svg';
import stethoscope from 'lucide-static/icons/stethoscope.svg';
import sun from 'lucide-static/icons/sun.svg';
import sunMoon from 'lucide-static/icons/sun-moon.svg';
import sunrise from 'lucide-static/icons/sunrise.svg';
import target from 'lucide-static/icons/target.svg';
import timer from 'lucide-static/icons/timer.svg';
import trash2 from 'lucide-static/icons/trash-2.svg';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg';
import truck from 'lucide-static/icons/truck.svg';
import umbrella from 'lucide-static/icons/umbrella.svg';
import undo2 from 'lucide-static/icons/undo-2.svg';
import user from 'lucide-static/icons/user.svg';
import userCheck from 'lucide-static/icons/user-check.svg';
import userPlus from 'lucide-static/icons/user-plus.svg';
import users from 'lucide-static/icons/users.svg';
import utensils from 'lucide-static/icons/utensils.svg';
import utensilsCrossed from 'lucide-static/icons/utensils-crossed.svg';
import video from 'lucide-static/icons/video.svg';
import volume2 from 'lucide-static/icons/volume-2.svg';
import wifiOff from 'lucide-static/icons/wifi-off.svg';
import wine from 'lucide-static/icons/wine.svg';
import wrench from 'lucide-static/icons/wrench.svg';
import x from 'lucide-static/icons/x.svg';
import zap from 'lucide-static/icons/zap.svg';

/** @type {Record<string, string>} */
const DRAWN = {
    'activity': activity,
    'alarm-clock': alarmClock,
    'apple': apple,
    'arrow-down': arrowDown,
    'arrow-left-right': arrowLeftRight,
    'arrow-right': arrowRight,
    'arrow-up': arrowUp,
    'armchair': armchair,
    'baby': baby,
    'badge-check': badgeCheck,
    'ban': ban,
    'bell': bell,
    'bed': bed,
    'book': book,
    'book-open': bookOpen,
    'briefcase': briefcase,
    'bus': bus,
    'calendar': calendar,
    'car': car,
    'chart-column': chartColumn,
    'check': check,
    'chevron-down': chevronDown,
    'chevron-left': chevronLeft,
    'chevron-right': chevronRight,
    'chevron-up': chevronUp,
    'circle': circle,
    'circle-check': circleCheck,
    'circle-help': circleHelp,
    'circle-pause': circlePause,
    'circle-x': circleX,
    'clipboard-list': clipboardList,
    'clock': clock,
    'coffee': coffee,
    'contrast': contrast,
    'cross': cross,
    'cup-soda': cupSoda,
    'dumbbell': dumbbell,
    'ear': ear,
    'eye': eye,
    'file-text': fileText,
    'folder': folder,
    'footprints': footprints,
    'gauge': gauge,
    'globe': globe,
    'graduation-cap': graduationCap,
    'hand': hand,
    'headphones': headphones,
    'headset': headset,
    'heart': heart,
    'heart-pulse': heartPulse,
    'history': history,
    'house': house,
    'hourglass': hourglass,
    'inbox': inbox,
    'info': info,
    'key': key,
    'keyboard': keyboard,
    'laptop': laptop,
    'layers': layers,
    'leaf': leaf,
    'lightbulb': lightbulb,
    'link': link,
    'list': list,
    'list-checks': listChecks,
    'lock': lock,
    'log-in': logIn,
    'log-out': logOut,
    'mail': mail,
    'map-pin': mapPin,
    'maximize': maximize,
    'megaphone': megaphone,
    'message-circle': messageCircle,
    'message-square': messageSquare,
    'mic': mic,
    'minimize': minimize,
    'moon': moon,
    'monitor': monitor,
    'mountain': mountain,
    'package': parcel,
    'palette': palette,
    'party-popper': partyPopper,
    'pause': pause,
    'pencil': pencil,
    'phone': phone,
    'phone-call': phoneCall,
    'phone-off': phoneOff,
    'plane': plane,
    'play': play,
    'plus': plus,
    'power': power,
    'presentation': presentation,
    'printer': printer,
    'refresh-cw': refreshCw,
    'rotate-ccw': rotateCcw,
    'save': save,
    'scale': scale,
    'search': search,
    'send': send,
    'settings': settings,
    'shield': shield,
    'shopping-cart': shoppingCart,
    'smile': smile,
    'sparkles': sparkles,
    'star': star,
    'stethoscope': stethoscope,
    'sun': sun,
    'sun-moon': sunMoon,
    'sunrise': sunrise,
    'target': target,
    'timer': timer,
    'trash-2': trash2,
    'triangle-alert': triangleAlert,
    'truck': truck,
    'umbrella': umbrella,
    'undo-2': undo2,
    'user': user,
    'user-check': userCheck,
    'user-plus': userPlus,
    'users': users,
    'utensils': utensils,
    'utensils-crossed': utensilsCrossed,
    'video': video,
    'volume-2': volume2,
    'wifi-off': wifiOff,
    'wine': wine,
    'wrench': wrench,
    'x': x,
    'zap': zap,
    // what people call some of them
    walk: footprints,
    lunch: utensils,
    meeting: users,
    training: graduationCap,
    home: house,
};

/** The names that can be chosen for a profile. */
export const ICON_NAMES = Object.keys(DRAWN);

const templates = new Map();

/** The icon, as a decoration: what it means is said by the words beside it. @param {string | null | undefined} name */
export function icon(name) {
    const known = name && name in DRAWN ? name : 'circle';
    let template = templates.get(known);
    if (!template) {
        const drawn = DRAWN[known].replace(/<!--[^]*?-->/, '').replace(/^[^]*?<svg[^>]*>|<\/svg>[^]*$/g, '');
        template = html`<svg
            class="icon"
            width="18"
            height="18"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            >${unsafeSVG(drawn)}</svg
        >`;
        templates.set(known, template);
    }
    return template;
}
