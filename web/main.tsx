import './ui/base.css'
