import './pending-indicator.js';
import { WorkbinList } from '../elements/workbin-list/workbin-list.js';
import { defineElement } from './define-element.js';

defineElement('workbin-list', WorkbinList);
